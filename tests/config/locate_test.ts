import assert from "node:assert/strict";
import { parse } from "@std/yaml";
import { createLocator } from "../../src/config/locate.ts";
import type { Path } from "../../src/config/problem.ts";

function lineOf(text: string, path: Path): number | undefined {
  return createLocator(text, parse(text))(path);
}

Deno.test("keys of block style are found by their indentation", () => {
  const text = `# a comment

server:
  # another
  host: x

  port: 1
csms:
    tls:
        enabled: true
    default_url: y
`;
  assert.equal(lineOf(text, ["server"]), 3);
  assert.equal(lineOf(text, ["server", "port"]), 7);
  assert.equal(lineOf(text, ["csms", "tls", "enabled"]), 10);
  assert.equal(lineOf(text, ["csms", "default_url"]), 11);
});

Deno.test("list items are counted, indented or not", () => {
  for (const pad of ["", "  "]) {
    const text = ["stations:", "- id: A", "  url: x", "-", "  id: B", "- id: C", "  tags:", "  - t"]
      .map((line, index) => index === 0 ? line : pad + line).join("\n");
    assert.equal(lineOf(text, ["stations", 0, "url"]), 3);
    assert.equal(lineOf(text, ["stations", 1, "id"]), 5);
    assert.equal(lineOf(text, ["stations", 2]), 6);
    assert.equal(lineOf(text, ["stations", 2, "tags", 0]), 8);
  }
});

Deno.test("quoted keys and Windows line ends are understood", () => {
  const text = '"server":\r\n  \'port\': 1\r\n  "ho\\u0073t": x\r\n';
  assert.equal(lineOf(text, ["server", "port"]), 2);
  assert.equal(lineOf(text, ["server", "host"]), 3);
});

Deno.test("flow style on one line has that line", () => {
  const text = "a: 1\nstations:\n  - { id: A, tls: { enabled: 5 } }\n  - { id: B }\n";
  assert.equal(lineOf(text, ["stations", 0, "tls", "enabled"]), 3);
  assert.equal(lineOf(text, ["stations", 1, "id"]), 4);
});

Deno.test("flow style over several lines has no line where it is not certain", () => {
  const text = `stations: [
  { id: A,
    url: x }, { id: B,
    url: y }
  ]
server: { host: h,
  port: 5 }
`;
  assert.equal(lineOf(text, ["stations", 1, "url"]), undefined);
  assert.equal(lineOf(text, ["server", "host"]), undefined);
  assert.equal(lineOf(text, ["server", "port"]), 7);
});

Deno.test("a text over several lines is not taken for keys", () => {
  const text = `csms:
  note: |
    default_url: wrong
    - port: wrong
  quoted: "starts
    default_url: wrong
    "
  plain: starts
    with no key
  default_url: right
`;
  assert.equal(lineOf(text, ["csms", "default_url"]), 10);
  assert.equal(lineOf(text, ["csms", "note", "default_url"]), 2);
});

Deno.test("a key that two lines could be has none", () => {
  const text = `a: { x: {
  enabled: 2 }, y: 1,
  enabled: 3 }
`;
  assert.equal(lineOf(text, ["a", "enabled"]), undefined);
});

Deno.test("a missing key has the line of what it is missing from", () => {
  const text = "csms:\n  auth:\n    type: basic\nstations:\n  - id: A\n  - name: B\n";
  assert.equal(lineOf(text, ["csms", "auth", "password"]), 2);
  assert.equal(lineOf(text, ["stations", 1, "id"]), 6);
  assert.equal(lineOf(text, ["server", "port"]), undefined);
});

Deno.test("an alias has the line where it is used", () => {
  const text = `stations:
  - id: A
    tls: &shared
      enabled: true
  - id: B
    tls: *shared
`;
  assert.equal(lineOf(text, ["stations", 0, "tls", "enabled"]), 4);
  assert.equal(lineOf(text, ["stations", 1, "tls", "enabled"]), 6);
});

Deno.test("every line it tells is right, for every key of a long mixed text", () => {
  // Each value is the number of the line that its key stands on.
  const text = Array.from({ length: 300 }, (_, index) => {
    const line = index * 4 + 1;
    return `k${index}:\n${" ".repeat(1 + index % 4)}a: ${line + 1}\n` +
      `${" ".repeat(1 + index % 4)}b:\n${" ".repeat(1 + index % 4)}- c: ${line + 3}`;
  }).join("\n");
  const tree = parse(text) as Record<string, { a: number; b: [{ c: number }] }>;
  const locate = createLocator(text, tree);
  for (const [key, { a, b: [{ c }] }] of Object.entries(tree)) {
    assert.equal(locate([key, "a"]), a);
    assert.equal(locate([key, "b", 0, "c"]), c);
  }
});
