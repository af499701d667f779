import assert from "node:assert/strict";
import { seededRandom, VirtualClock } from "../../src/clock/mod.ts";
import { Calls, checkCall, parseFrame, type VersionId } from "../../src/ocpp/mod.ts";
import { fakeVersion, VERSION_IDS } from "./fake_version.ts";

const CASES_PER_VERSION = 100_000;

/** The answer that the table of frames prescribes, or why there is none. */
type Verdict = "frame" | "silence" | `${4 | 5} ${string} ${string}`;

/**
 * The table of frames once more, written from OCPP-J 1.6 §4 and part 4 §4 as one list of cases and
 * not from the code under test.
 */
function verdictOn(text: string, version: VersionId): Verdict {
  const is16 = version === "1.6";
  const refuseBlindly: Verdict = is16 ? "silence" : "4 -1 RpcFrameworkError";
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuseBlindly;
  }
  if (!(value instanceof Array)) return refuseBlindly;
  const [type, rawId, third, fourth] = value;
  const hasId = typeof rawId === "string" && rawId.length < 256;
  const id = hasId ? rawId : "-1";
  if (typeof type !== "number") return is16 ? "silence" : `4 ${id} RpcFrameworkError`;
  const isKnown = [2, 3, 4].includes(type) || (version === "2.1" && [5, 6].includes(type));
  if (!isKnown) return version === "2.0.1" ? `4 ${id} MessageTypeNotSupported` : "silence";
  if (!hasId) return type === 2 ? refuseBlindly : "silence";

  const badShape = is16 ? "FormationViolation" : "RpcFrameworkError";
  const badPayload = is16 ? "FormationViolation" : "FormatViolation";
  const isPayload = (given: unknown) =>
    Object.prototype.toString.call(given) === "[object Object]" || (is16 && given === null);
  let code: string | undefined;
  if (type === 2 || type === 6) {
    const isShaped = value.length === 4 && typeof third === "string" && [...id].length <= 36;
    code = !isShaped ? badShape : !isPayload(fourth) ? badPayload : undefined;
  } else if (type === 3) {
    code = value.length !== 3 ? badShape : !isPayload(third) ? badPayload : undefined;
  } else {
    const description = value[3] ?? "", details = value[4] ?? {};
    const isFine = value.length < 6 && typeof third === "string" &&
      typeof description === "string" && details instanceof Object && !Array.isArray(details);
    return isFine ? "frame" : "silence";
  }
  if (code === undefined) return "frame";
  if (type === 2) return `4 ${id} ${code}`;
  return type === 3 && version === "2.1" ? `5 ${id} ${code}` : "silence";
}

/** Makes texts that are frames, nearly frames, or nothing of the kind. */
class Generator {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  below(n: number): number {
    return Math.floor(this.#random() * n);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  text(): string {
    switch (this.below(8)) {
      case 0:
        return this.#noise();
      case 1:
        return this.#value(3);
      case 2: { // truncated
        const frame = this.#frame();
        return frame.slice(0, this.below(frame.length));
      }
      case 3: { // one character replaced or removed
        const frame = this.#frame(), at = this.below(frame.length);
        return frame.slice(0, at) + this.pick(["", '"', "[", "]", "{", "\\", "\0", "9", ","]) +
          frame.slice(at + 1);
      }
      case 4: { // two in one message
        return this.#frame() + this.pick(["", " ", "\n", ","]) + this.#frame();
      }
      default:
        return this.#frame();
    }
  }

  #noise(): string {
    const units = Array.from({ length: this.below(60) }, () => this.below(this.pick([128, 65536])));
    return String.fromCharCode(...units);
  }

  /** Mostly right, with any element replaced, dropped or doubled now and then. */
  #frame(): string {
    const type = this.pick([2, 2, 2, 3, 4, 5, 6]);
    const elements = [String(type), this.#id()];
    if (type === 2 || type === 6) elements.push(this.#action(), this.#payload());
    else if (type === 3) elements.push(this.#payload());
    else elements.push(this.#action(), '"what"', "{}");
    for (let changes = this.below(3); changes > 0; changes--) {
      const at = this.below(elements.length);
      if (this.below(3) > 0) elements[at] = this.#value(2);
      else elements.splice(at, this.below(2), ...this.pick([[], ["{}"], ["null"]]));
    }
    const space = this.pick(["", "", " ", "\n\t"]);
    return `[${space}${elements.join(`,${space}`)}]`;
  }

  #id(): string {
    const length = this.pick([0, 1, 8, 8, 8, 36, 37, 255, 256]);
    return JSON.stringify(this.pick(["x", "\u00e9", "\u{1f50c}", "\ud800", '"']).repeat(length));
  }

  #action(): string {
    return this.pick(['"Heartbeat"', '"Reset"', '""', '"__proto__"', '"constructor"', '"\\u0000"']);
  }

  #payload(): string {
    return this.pick([
      "{}",
      '{"type":"Hard"}',
      '{"__proto__":{"polluted":true}}',
      '{"a":1,"a":2}',
      "null",
      `{"deep":${this.#value(4)}}`,
    ]);
  }

  #value(depth: number): string {
    const scalars = [
      "null",
      "true",
      "0",
      "-0",
      "2",
      "3",
      "1e999",
      "-1e-999",
      '"x"',
      '"2"',
      '"\\ud83d"',
    ];
    if (depth === 0 || this.below(2) === 0) return this.pick([...scalars, "9".repeat(400)]);
    const values = Array.from({ length: this.below(4) }, () => this.#value(depth - 1));
    if (this.below(2) === 0) return `[${values.join()}]`;
    return `{${
      values.map((value) => `${this.pick(['"a"', '"__proto__"', '""'])}:${value}`).join()
    }}`;
  }
}

for (const id of VERSION_IDS) {
  Deno.test(`${CASES_PER_VERSION} fuzzed texts get the answers of the table in ${id}`, async () => {
    const version = fakeVersion(id);
    const clock = new VirtualClock();
    const calls = new Calls({
      send: () => "sent",
      clock,
      newId: () => "xxxxxxxx",
      callTimeoutMs: () => 1000,
      report: () => {},
    });
    calls.connected();
    const seen = new Map<string, number>();
    const generator = new Generator(2026);
    for (let n = 0; n < CASES_PER_VERSION; n++) {
      const text = generator.text();
      const check = (isRight: boolean, what: string) => {
        if (!isRight) assert.fail(`case ${n}, ${JSON.stringify(text)}: ${what}`);
      };
      const read = parseFrame(text, version);

      let verdict: Verdict = "frame";
      if (read.type === "fault") {
        verdict = "silence";
        check(read.message.isWellFormed() && read.message.length < 600, read.message);
        if (read.answer !== null) {
          const [type, answeredId, code, description, details, ...more] = JSON.parse(read.answer);
          verdict = `${type as 4 | 5} ${answeredId} ${code}`;
          check(description.length <= 255 && more.length === 0, read.answer);
          check(JSON.stringify(details) === "{}", read.answer);
          check(parseFrame(read.answer, version).type !== "fault", "the answer is a frame itself");
        }
      } else if (read.type === "call" || read.type === "send") {
        checkCall(version, read, "csms");
      }
      if (read.type !== "call" && read.type !== "send") {
        if (n % 5 === 0) void calls.call("Heartbeat", {});
        calls.received(read);
      }
      const expected = verdictOn(text, id);
      check(verdict === expected, `expected ${expected}, got ${verdict}`);
      const kind = read.type === "fault" ? `${read.of} ${read.kind}` : read.type;
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
    }
    calls.close("end of the test");
    await clock.settle();
    assert.equal(clock.pending, 0);
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
    const kinds = ["call", "result", "error", "call arity", "call payload", "call id-length"];
    for (const kind of [...kinds, "call id", "null json", "null array", "null message-type"]) {
      assert((seen.get(kind) ?? 0) >= 100, `the generator reaches "${kind}": ${seen.get(kind)}`);
    }
  });
}

Deno.test("large and deep texts are neither slow nor fatal", () => {
  const generator = new Generator(7);
  for (const id of VERSION_IDS) {
    for (let n = 0; n < 200; n++) {
      const depth = 501 + generator.below(20_000);
      const [open, close] = generator.pick([["[", "]"], ['{"a":', "}"], ['[{"":', "}]"]]);
      const middle = generator.pick(["", "1", '"'.repeat(3), "x".repeat(100_000)]);
      const tail = generator.pick(["", close!.repeat(depth), close!.repeat(depth - 1)]);
      const text = open!.repeat(depth) + middle + tail;
      for (const whole of [text, `[2,"a","DataTransfer",{"data":${text}}]`]) {
        const read = parseFrame(whole, fakeVersion(id));
        assert(read.type === "fault" && read.kind === "depth", whole.slice(0, 100));
        assert.equal(read.answer === null, id === "1.6");
      }
    }
  }
});
