import assert from "node:assert/strict";
import { type ListChange, LocalList } from "../../../src/station/tokens/local_list.ts";
import type { AuthorizationStatus, IdToken } from "../../../src/station/words.ts";

const LIMITS = { inUpdate: 3, inAll: 4 };

function token(idToken: string, type = ""): IdToken {
  return { idToken, type };
}

function line(idToken: string, status: AuthorizationStatus | null = "Accepted"): ListChange {
  const info = status && { status, groupId: null, expiresAt: null };
  return { idToken: token(idToken), info };
}

function filled(): LocalList {
  const list = new LocalList();
  list.update(5, "full", [line("A"), line("B", "Blocked")], LIMITS);
  return list;
}

Deno.test("1.6 §5.10: the version of an empty list is 0", () => {
  const list = new LocalList();
  assert.equal(list.version, 0);
  assert.equal(list.find(token("A")), null);
  filled().update(9, "full", [], LIMITS);
  assert.equal(list.version, 0);
});

Deno.test("1.6 §5.15: a full update replaces the list, whatever its version was", () => {
  const list = filled();
  assert.deepEqual(list.update(2, "full", [line("C")], LIMITS), { status: "Accepted" });
  assert.equal(list.version, 2);
  assert.equal(list.size, 1);
  assert.equal(list.find(token("A")), null);
  assert.equal(list.find(token("C"))?.status, "Accepted");
});

Deno.test("1.6 §5.15: a differential update adds, changes and removes", () => {
  const list = filled();
  const changes = [line("A", null), line("B"), line("C", "Expired")];
  assert.deepEqual(list.update(6, "differential", changes, LIMITS), { status: "Accepted" });
  assert.equal(list.version, 6);
  assert.deepEqual(["A", "B", "C"].map((id) => list.find(token(id))?.status), [
    undefined,
    "Accepted",
    "Expired",
  ]);
});

Deno.test("2.x D01.FR.05: a differential update of nothing changes the version", () => {
  const list = filled();
  list.update(6, "differential", [], LIMITS);
  assert.equal(list.version, 6);
  assert.equal(list.size, 2);
});

Deno.test("removing the last token leaves an empty list of version 0", () => {
  const list = filled();
  list.update(6, "differential", [line("A", null), line("B", null), line("X", null)], LIMITS);
  assert.equal(list.version, 0);
  assert.equal(list.size, 0);
});

Deno.test("1.6 §7.47: a differential update must have a higher version", () => {
  for (const version of [4, 5]) {
    const list = filled();
    assert.deepEqual(list.update(version, "differential", [line("C")], LIMITS), {
      status: "VersionMismatch",
      fault: "version",
      reason: `Cannot update the local list: its version must be above 5, found: ${version}`,
    });
    assert.equal(list.find(token("C")), null);
    assert.equal(list.version, 5);
  }
});

Deno.test("an update that fails says why, and changes nothing at all", () => {
  const many = ["C", "D", "E", "F"].map((id) => line(id));
  const cases = [
    [0, "full", [line("C")], "version", "its version must be above 0, found: 0"], // D01.FR.18
    [-1, "full", [line("C")], "version", "its version must be above 0, found: -1"],
    [6, "differential", [line("C"), line("c")], "token", 'it names "c" twice'], // D01.FR.06
    // §7.1
    [6, "full", [line("C"), line("A", null)], "token", 'it is full, and does not say what "A" may'],
    [6, "full", many, "update", "it may have 3 tokens at once, found: 4"],
    [6, "differential", many.slice(0, 3), "list", "the list holds 4 tokens, found: 5"],
  ] as const;
  for (const [version, kind, changes, fault, problem] of cases) {
    const list = filled();
    assert.deepEqual(list.update(version, kind, changes, LIMITS), {
      status: "Failed",
      fault,
      reason: `Cannot update the local list: ${problem}`,
    });
    assert.equal(list.version, 5);
    assert.equal(list.size, 2);
    assert.equal(list.find(token("A"))?.status, "Accepted");
  }
});

Deno.test("tokens are found in any case, and under names that objects have", () => {
  const list = new LocalList();
  list.update(1, "full", [line("__proto__", "Blocked"), line("Card")], LIMITS);
  assert.equal(list.find(token("CARD"))?.status, "Accepted");
  assert.equal(list.find(token("__PROTO__"))?.status, "Blocked");
  assert.equal(list.find(token("constructor")), null);
  assert.equal(list.size, 2);
});

Deno.test("a line of 1.6 is for every type of token, one of 2.x for its own", () => {
  const list = new LocalList();
  const { info } = line("A");
  list.update(1, "full", [line("A"), { idToken: token("B", "ISO14443"), info }], LIMITS);
  assert(list.find(token("a", "KeyCode")) !== null);
  assert(list.find(token("b", "iso14443")) !== null);
  assert(list.find(token("B", "KeyCode")) === null);
});
