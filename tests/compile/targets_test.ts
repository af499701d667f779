import assert from "node:assert/strict";
import deno from "../../deno.json" with { type: "json" };
import { runFlags } from "../../tools/compile/project.ts";
import { archiveName, targetOf, TARGETS } from "../../tools/compile/targets.ts";

Deno.test("there are five targets, each with a name of its own", () => {
  const names = TARGETS.map((target) => archiveName(deno.version, target));
  assert.deepEqual(names, [
    `ocpp-emu-${deno.version}-x86_64-unknown-linux-gnu.tar.gz`,
    `ocpp-emu-${deno.version}-aarch64-unknown-linux-gnu.tar.gz`,
    `ocpp-emu-${deno.version}-x86_64-apple-darwin.tar.gz`,
    `ocpp-emu-${deno.version}-aarch64-apple-darwin.tar.gz`,
    `ocpp-emu-${deno.version}-x86_64-pc-windows-msvc.zip`,
  ]);
});

Deno.test("this machine is one of the targets", () => {
  assert.equal(targetOf(Deno.build.target).triple, Deno.build.target);
  assert.throws(
    () => targetOf("sparc"),
    /^RangeError: Cannot build for "sparc": the targets are x86/,
  );
});

Deno.test("the flags that are baked in are those of the set app in deno.json, and no more", () => {
  assert.deepEqual(runFlags(), [
    "--no-prompt",
    "--v8-flags=--min-semi-space-size=16",
    "--unstable-no-legacy-abort",
    "--allow-net",
    "--allow-read",
    "--allow-write",
    "--allow-env",
  ]);
});

Deno.test("every command runs from source as start does", () => {
  const { start, demo, csms } = deno.tasks;
  assert.equal(demo.command, `${start.command} demo`);
  assert.equal(csms.command, `${start.command} csms`);
});

Deno.test("a permission that names paths is refused: they would be the build machine's", () => {
  assert.throws(
    () => runFlags({ ...deno, permissions: { app: { read: ["./data"] } } }),
    /^TypeError: Cannot bake in the permission "read": it must be true$/,
  );
});
