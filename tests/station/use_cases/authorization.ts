import assert from "node:assert/strict";
import { ALICE, answers, BOB, CAR, charge, configure, driven, withStation } from "./support.ts";
import { useCase } from "./use_case.ts";

const ACCEPTED = { status: "Accepted" };
const FAMILY = { status: "Accepted", parentIdTag: "FAMILY" };

useCase(
  ["§4.1"],
  "whom the CSMS does not accept, the station does not serve",
  () =>
    withStation(async (h) => {
      h.replies.Authorize = { idTagInfo: { status: "Blocked" } };
      await h.station.driver.plug(1, CAR);
      const deed = await driven(h, h.station.driver.authorize(1, ALICE));
      assert(deed.kind === "refused" && deed.reason.includes("Blocked"));
      assert.deepEqual(h.payloads("Authorize"), [{ idTag: "ALICE" }]);
      assert.deepEqual(h.payloads("StartTransaction"), []);
    }),
);

useCase(
  ["§4.1", "§3.9"],
  "the token that started a transaction ends it without a question, in any case",
  () =>
    withStation(async (h) => {
      await charge(h);
      await driven(h, h.station.driver.authorize(1, { idToken: "alice", type: "" }));
      assert.deepEqual(h.said, ["StopTransaction", "StatusNotification Finishing"]);
      assert.equal(h.only("StopTransaction").reason, "Local");
    }),
);

useCase(
  ["§3.10"],
  "another token of the same group ends a transaction, once the CSMS says of which group it is",
  () =>
    withStation(async (h) => {
      h.replies.Authorize = { idTagInfo: FAMILY };
      h.replies.StartTransaction = { idTagInfo: FAMILY, transactionId: 5 };
      await charge(h);
      await driven(h, h.station.driver.authorize(1, BOB));
      assert.equal(h.only("Authorize").idTag, "BOB");
      const { transactionId, idTag } = h.only("StopTransaction");
      assert.deepEqual([transactionId, idTag], [5, "BOB"]);
      await charge2(h);
    }),
);

/** And one of no group does not. */
async function charge2(h: Parameters<Parameters<typeof withStation>[0]>[0]): Promise<void> {
  await driven(h, h.station.driver.unplug(1));
  await charge(h);
  h.replies.Authorize = { idTagInfo: ACCEPTED };
  await driven(h, h.station.driver.authorize(1, { idToken: "STRANGER", type: "" }));
  assert.deepEqual(h.said, ["Authorize"]);
}

useCase(
  ["§3.5.1", "§5.4"],
  "offline the cache knows whom the CSMS accepted, until it is cleared",
  () =>
    withStation(async (h) => {
      await driven(h, h.station.driver.authorize(1, ALICE));
      await driven(h, h.station.driver.authorize(1, ALICE));
      await h.lose();
      assert.equal((await driven(h, h.station.driver.authorize(1, ALICE))).kind, "done");
      await h.open();
      await driven(h, h.station.driver.authorize(1, ALICE));
      await answers(h, "Accepted", "ClearCache", {});
      await h.lose();
      assert.equal((await driven(h, h.station.driver.authorize(1, ALICE))).kind, "refused");
      await h.open();
      await configure(h, { AuthorizationCacheEnabled: "false" });
      await answers(h, "Rejected", "ClearCache", {});
    }),
);

useCase(
  ["§3.5.1"],
  "with LocalPreAuthorize a known token charges before the CSMS is asked",
  () =>
    withStation(async (h) => {
      await configure(h, { LocalPreAuthorize: "true" });
      await driven(h, h.station.driver.authorize(1, ALICE));
      await driven(h, h.station.driver.authorize(1, ALICE));
      h.forget();
      await charge(h);
      assert.deepEqual(h.payloads("Authorize"), []);
    }),
);

useCase(
  ["§3.5.2", "§5.15", "§5.10"],
  "offline the local list decides, and its version tells which it is",
  () =>
    withStation(async (h) => {
      await answers(h, "Accepted", "SendLocalList", {
        listVersion: 3,
        updateType: "Full",
        localAuthorizationList: [
          { idTag: "ALICE", idTagInfo: ACCEPTED },
          { idTag: "BOB", idTagInfo: { status: "Blocked" } },
        ],
      });
      assert.deepEqual(await h.call("GetLocalListVersion", {}), { listVersion: 3 });
      await h.lose();
      assert.equal((await driven(h, h.station.driver.authorize(1, ALICE))).kind, "done");
      assert.equal((await driven(h, h.station.driver.authorize(2, BOB))).kind, "refused");
    }, { station: { connectors: [{}, {}] } }),
);

useCase(
  ["§5.15", "§5.10"],
  "a list is changed in steps, and never by an older one",
  () =>
    withStation(async (h) => {
      const differential = (listVersion: number, ...localAuthorizationList: object[]) => ({
        listVersion,
        updateType: "Differential",
        localAuthorizationList,
      });
      await answers(
        h,
        "Accepted",
        "SendLocalList",
        differential(2, { idTag: "A", idTagInfo: ACCEPTED }),
      );
      await answers(h, "VersionMismatch", "SendLocalList", differential(2));
      await answers(h, "Accepted", "SendLocalList", differential(5, { idTag: "A" }));
      assert.deepEqual(await h.call("GetLocalListVersion", {}), { listVersion: 0 });
      await configure(h, { LocalAuthListEnabled: "false" });
      assert.deepEqual(await h.call("GetLocalListVersion", {}), { listVersion: -1 });
      await answers(h, "NotSupported", "SendLocalList", differential(6));
    }),
);

useCase(
  ["§3.5.3"],
  "the list goes before the cache, and a contradiction of the CSMS is told",
  () =>
    withStation(async (h) => {
      await driven(h, h.station.driver.authorize(1, ALICE));
      await driven(h, h.station.driver.authorize(1, ALICE));
      const localAuthorizationList = [{ idTag: "ALICE", idTagInfo: { status: "Blocked" } }];
      await h.call("SendLocalList", { listVersion: 1, updateType: "Full", localAuthorizationList });
      await h.lose();
      assert.equal((await driven(h, h.station.driver.authorize(1, ALICE))).kind, "refused");
      await h.open();
      h.forget();
      assert.equal((await driven(h, h.station.driver.authorize(1, ALICE))).kind, "done");
      const conflict = h.payloads("StatusNotification").find(({ connectorId }) =>
        connectorId === 0
      );
      assert.equal(conflict?.errorCode, "LocalListConflict");
    }),
);

useCase(
  ["§3.5.4", "§4.8"],
  "an unknown token that charged offline is found out, and its transaction ends",
  () =>
    withStation(async (h) => {
      await configure(h, { AllowOfflineTxForUnknownId: "true" });
      await h.lose();
      await h.station.driver.plug(1, CAR);
      const deed = await driven(h, h.station.driver.authorize(1, ALICE));
      assert.equal(deed.kind, "queued");
      h.replies.StartTransaction = { idTagInfo: { status: "Invalid" }, transactionId: 8 };
      await h.open();
      const { transactionId, reason } = h.only("StopTransaction");
      assert.deepEqual([transactionId, reason], [8, "DeAuthorized"]);
    }),
);

useCase(
  ["§4.8", "§9"],
  "without StopTransactionOnInvalidId an invalid token gets no more energy than MaxEnergyOnInvalidId",
  () =>
    withStation(async (h) => {
      await configure(h, { StopTransactionOnInvalidId: "false", MaxEnergyOnInvalidId: "1000" });
      h.replies.StartTransaction = { idTagInfo: { status: "Invalid" }, transactionId: 8 };
      await charge(h);
      await h.clock.advance(30 * 60_000);
      assert.equal(h.said.at(-1)?.startsWith("MeterValues"), true);
      assert(h.said.includes("StatusNotification SuspendedEVSE"), h.said.join());
      await driven(h, h.station.driver.stopTransaction(1, {}));
      const wh = Number(h.only("StopTransaction").meterStop);
      assert(wh >= 1000 && wh < 1100, `${wh} Wh`);
    }),
);
