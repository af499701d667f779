import assert from "node:assert/strict";
import type { schemas as schemas16 } from "../../src/ocpp/v16/schemas.ts";
import type { schemas as schemas201 } from "../../src/ocpp/v201/schemas.ts";
import type { schemas as schemas21 } from "../../src/ocpp/v21/schemas.ts";
import type { v16, v201, v21 } from "../../src/ocpp/versions.ts";

/** `true` only for two types that are the same down to every optional mark. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true
  : false;

type Inferred<Build> = Build extends () => { _zod: { output: infer Output } } ? Output : never;

/** The actions whose payload types are not what their schemas let through. */
type Disagreeing<Schemas, Payloads> = {
  [A in keyof Schemas | keyof Payloads]: A extends keyof Schemas & keyof Payloads ? Same<
      { [Role in keyof Schemas[A]]: Inferred<Schemas[A][Role]> },
      Readonly<Payloads[A]>
    > extends true ? never
    : A
    : A;
}[keyof Schemas | keyof Payloads];

/** Does not compile while an action disagrees, and the compiler names it. */
type None<Action extends never> = Action[];

Deno.test("the types are what the schemas let through", () => {
  const in16: None<Disagreeing<typeof schemas16, v16.Payloads>> = [];
  const in201: None<Disagreeing<typeof schemas201, v201.Payloads>> = [];
  const in21: None<Disagreeing<typeof schemas21, v21.Payloads>> = [];
  assert.deepEqual([...in16, ...in201, ...in21], []);
});

Deno.test("a wrong name, value or type in a payload does not compile", () => {
  const boot: v16.BootNotificationRequest = { chargePointVendor: "V", chargePointModel: "M" };
  // @ts-expect-error: the name is `chargePointModel`
  assert.equal(boot.chargePointModle, undefined);
  // @ts-expect-error: `chargePointModel` is required
  const incomplete: v16.BootNotificationRequest = { chargePointVendor: "V" };
  // @ts-expect-error: 1.6 writes `Accepted`
  const misspelt: v16.ResetResponse = { status: "accepted" };
  // @ts-expect-error: a heartbeat has no properties
  const heartbeat: v16.HeartbeatRequest = { now: "2026-01-31T12:00:00Z" };
  // @ts-expect-error: a number
  const typed: v201.SampledValueType = { value: "12" };
  const custom: v21.CustomDataType = { vendorId: "V", whatever: 1 };
  assert.deepEqual([incomplete, misspelt, heartbeat, typed, custom].length, 5);
});
