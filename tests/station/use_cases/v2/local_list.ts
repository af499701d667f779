import assert from "node:assert/strict";
import { answers, CAR, driven } from "../support.ts";
import { ANNA, BEN, configure, present, story } from "./support.ts";
import { useCase } from "./use_case.ts";

const entry = (idToken: object, status: string | null = "Accepted") => ({
  idToken,
  ...(status === null ? {} : { idTokenInfo: { status } }),
});

useCase(
  ["D01", "D02"],
  "the list is replaced whole, changed in parts, and knows its version",
  async (h) => {
    const version = async () => (await h.call("GetLocalListVersion", {})).versionNumber;
    assert.equal(await version(), 0);
    const full = {
      versionNumber: 3,
      updateType: "Full",
      localAuthorizationList: [entry(ANNA), entry(BEN, "Blocked")],
    };
    await answers(h, "Accepted", "SendLocalList", full);
    assert.equal(await version(), 3);
    const change = {
      versionNumber: 4,
      updateType: "Differential",
      localAuthorizationList: [entry(BEN, null)],
    };
    await answers(h, "Accepted", "SendLocalList", change);
    await answers(h, "VersionMismatch", "SendLocalList", change);
    assert.deepEqual([await version(), h.station.localList.size], [4, 1]);
    await answers(h, "Accepted", "SendLocalList", { versionNumber: 5, updateType: "Full" });
    assert.deepEqual([await version(), h.station.localList.size], [0, 0]);
    await configure(h, { "LocalAuthListCtrlr.Enabled": "false" });
    await answers(h, "Failed", "SendLocalList", full);
  },
);

const BOTH = {
  versionNumber: 1,
  updateType: "Full",
  localAuthorizationList: [entry(ANNA), entry(BEN, "Blocked")],
};

useCase(
  ["C13"],
  "offline the list decides: whom it accepts is served, whom it blocks is not",
  async (h) => {
    await answers(h, "Accepted", "SendLocalList", BOTH);
    await h.lose();
    await driven(h, h.station.driver.plug(1, CAR));
    assert.equal((await present(h, BEN)).kind, "refused");
    assert.equal((await present(h, ANNA)).kind, "queued");
    h.forget();
    await h.open();
    await h.clock.settle();
    const [started] = h.payloads("TransactionEvent");
    assert.deepEqual([started?.eventType, started?.offline, started?.idToken], [
      "Started",
      true,
      ANNA,
    ]);
    assert(!story(h).includes("Authorize"));
  },
);

useCase(
  ["C14"],
  "online the CSMS is not asked about whom the list accepts, but about whom it does not",
  async (h) => {
    await configure(h, { "AuthCtrlr.LocalPreAuthorize": "true" });
    await answers(h, "Accepted", "SendLocalList", BOTH);
    await driven(h, h.station.driver.plug(1, CAR));
    h.replies.Authorize = { idTokenInfo: { status: "Blocked" } };
    await present(h, BEN);
    assert.deepEqual(h.only("Authorize").idToken, BEN);
    h.forget();
    assert.equal((await present(h, ANNA)).kind, "done");
    assert.deepEqual(h.payloads("Authorize"), []);
    assert(story(h)[0]?.startsWith("TransactionEvent Started"), story(h).join());
  },
);
