import assert from "node:assert/strict";
import { configFor, realCsms, until } from "../e2e/support.ts";
import { Program } from "../support/process.ts";

const STATIONS = 300;
const OPEN_FILES = 150;

Deno.test({
  name: `${STATIONS} stations with ${OPEN_FILES} file descriptors: said in words, and outlived`,
  // Without `sh` there is no such limit to set.
  ignore: Deno.build.os === "windows",
  async fn(t) {
    await using csms = await realCsms();
    await using program = await Program.start(["serve"], {
      config: configFor(csms.url, { fleets: [{ id: `CP{001..${STATIONS}}` }], stations: [] }),
      openFiles: OPEN_FILES,
    });
    program.patienceMs = 60_000;
    const line = await program.logged(/^Cannot connect/, { cause: "no-file-descriptors" });
    assert.match(line.message, /may open no more files: raise the limit \(ulimit -n\)$/);
    await until(csms, "what fits", ({ stations }) => stations.size > OPEN_FILES / 2);
    const connected = csms.stations.size;
    await t.step(`${connected} of ${STATIONS} are connected`, () => assert(connected < OPEN_FILES));

    // As some stations leave, others take their places: it goes on.
    const before = csms.census().connects;
    for (const id of Array.from(csms.stations.keys()).slice(0, 50)) csms.disconnect(id, 1000);
    await until(csms, "newcomers", (csms) => csms.census().connects >= before + 40);

    // HTTP may lose its listener to the crowd, but not for good: dials leave it some descriptors.
    for (let n = 0; n < 20; n++) {
      const { status, body } = await health(program);
      assert.deepEqual([status, body.stations.total], [200, STATIONS]);
    }

    csms.behave({ refuse: { status: 503 } });
    csms.disconnectAll(1012);
    csms.behave({ refuse: null });
    await until(csms, "stations again", ({ stations }) => stations.size >= connected / 2);

    assert.equal(await program.stop(), 0);
    assert.deepEqual(program.complaints, []);
  },
});

/** What `/health` says, after at most so many restarts of the listener as its log tells of. */
async function health(program: Program) {
  for (let restarts = 0;; restarts++) {
    try {
      return await program.get("/health");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      await program.logged(/^HTTP listens on .* again$/, {}, restarts);
    }
  }
}
