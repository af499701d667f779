import assert from "node:assert/strict";
import { createLog, memorySink } from "../../../src/log/mod.ts";
import { loadVersion, type Payload, type VersionId } from "../../../src/ocpp/mod.ts";
import { answerCall } from "../../../src/station/line/answer_call.ts";
import { Answer, CallRefused, type Command, type Dialect } from "../../../src/station/dialect.ts";
import type { RegistrationState } from "../../../src/station/line/registration.ts";
import { dialect16 } from "../../../src/station/v16/dialect.ts";
import { fakeCharger } from "../v16/fake_charger.ts";

/** Has a CALL of `ClearCache` answered by one command, or by none. */
async function answer(
  command: Command | null,
  given: {
    readonly version?: VersionId;
    readonly registration?: RegistrationState;
    readonly answersWhileRejected?: boolean;
  } = {},
) {
  const { version = "1.6", registration = "accepted", answersWhileRejected = false } = given;
  const sink = memorySink();
  const afterwards: (() => void)[] = [];
  const dialect: Dialect = {
    ...dialect16,
    commands: command === null ? {} : { ClearCache: command },
    answersWhileRejected,
  };
  const text = await answerCall(
    { type: "call", id: "c1", action: "ClearCache", payload: { a: 1 } },
    {
      version: await loadVersion(version),
      dialect,
      station: fakeCharger(),
      registration,
      log: createLog({ level: "debug", format: "json", sink, clock: { now: () => 0 } }),
      afterwards: (run) => afterwards.push(run),
    },
  );
  return { frame: text === null ? null : JSON.parse(text), afterwards, lines: sink.lines };
}

Deno.test("a command answers with its payload, and gets what the CSMS asked for", async () => {
  const asked: Payload[] = [];
  const { frame, afterwards } = await answer((station, request) => {
    asked.push(request);
    return { status: station.id };
  });
  assert.deepEqual(frame, [3, "c1", { status: "CP1" }]);
  assert.deepEqual(asked, [{ a: 1 }]);
  assert.deepEqual(afterwards, []);
});

Deno.test("a command may take its time", async () => {
  const { frame } = await answer(async () => {
    await Promise.resolve();
    return { status: "Accepted" };
  });
  assert.deepEqual(frame, [3, "c1", { status: "Accepted" }]);
});

Deno.test("what follows from a CALL is handed over, and not run before the answer", async () => {
  let ran = 0;
  const { frame, afterwards } = await answer(() => new Answer({ status: "Accepted" }, () => ran++));
  assert.deepEqual(frame, [3, "c1", { status: "Accepted" }]);
  assert.equal(ran, 0);
  afterwards.forEach((run) => run());
  assert.equal(ran, 1);
});

Deno.test("1.6-J §4.2.3: what a dialect has no command for is NotSupported", async () => {
  for (const version of ["1.6", "2.0.1", "2.1"] as const) {
    const { frame } = await answer(null, { version });
    assert.deepEqual(frame.slice(0, 3), [4, "c1", "NotSupported"]);
    assert.equal(frame[3], "ClearCache is not supported");
  }
});

Deno.test("a command that refuses answers with a CALLERROR as its version spells it, and the log says so", async () => {
  const refusal = () => {
    throw new CallRefused("FormatViolation", "The csr is none");
  };
  for (
    const [version, code] of [["1.6", "FormationViolation"], ["2.1", "FormatViolation"]] as const
  ) {
    const { frame, lines } = await answer(refusal, { version });
    assert.deepEqual(frame, [4, "c1", code, "The csr is none", {}]);
    assert(lines.some((line) => line.includes("ClearCache is refused: The csr is none")));
  }
});

Deno.test("a command that fails is not hidden: whoever answers the CALL hears the error", async () => {
  const failing = answer(() => Promise.reject(new Error("out of ideas")));
  await assert.rejects(failing, /out of ideas/);
});

Deno.test("1.6 §4.2: a rejected station meets a CALL with silence and does nothing", async () => {
  let done = 0;
  const { frame } = await answer(() => ({ done: ++done }), { registration: "rejected" });
  assert.equal(frame, null);
  assert.equal(done, 0);
});

Deno.test("2.x B03.FR.05: a rejected station answers a CALL with SecurityError and does nothing", async () => {
  let done = 0;
  const { frame } = await answer(() => ({ done: ++done }), {
    version: "2.0.1",
    registration: "rejected",
    answersWhileRejected: true,
  });
  assert.deepEqual(frame.slice(0, 3), [4, "c1", "SecurityError"]);
  assert.equal(done, 0);
});

Deno.test("1.6 §4.2, B02: while the boot is pending or unanswered a CALL is obeyed", async () => {
  for (const registration of ["pending", "unknown"] as const) {
    const { frame } = await answer(() => ({ status: "Accepted" }), { registration });
    assert.deepEqual(frame, [3, "c1", { status: "Accepted" }]);
  }
});
