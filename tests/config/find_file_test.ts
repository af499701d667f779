import assert from "node:assert/strict";
import { ConfigError, findConfigFile } from "../../src/config/mod.ts";

function find(explicit: string | undefined, ...existing: string[]): string | null {
  return findConfigFile({
    explicit,
    workingFolder: "/work",
    executableFolder: "/opt/emu",
    exists: (path) => existing.includes(path),
  });
}

Deno.test("the file named by --config wins, from the working folder", () => {
  assert.equal(find("my.yaml", "/work/my.yaml", "/work/config.yaml"), "/work/my.yaml");
  assert.equal(find("/etc/my.yaml", "/etc/my.yaml"), "/etc/my.yaml");
});

Deno.test("without --config the working folder comes before the executable's", () => {
  assert.equal(
    find(undefined, "/opt/emu/config.yaml", "/work/config.yaml"),
    "/work/config.yaml",
  );
  assert.equal(find(undefined, "/opt/emu/config.yaml"), "/opt/emu/config.yaml");
  assert.equal(find(undefined), null);
});

Deno.test("from source nothing is looked for beside the executable", () => {
  const where = { explicit: undefined, workingFolder: "/work", executableFolder: null };
  assert.equal(findConfigFile({ ...where, exists: (path) => path !== "/work/config.yaml" }), null);
});

Deno.test("a file that --config names must exist", () => {
  assert.throws(() => find("my.yaml", "/work/config.yaml"), (thrown: unknown) => {
    assert(thrown instanceof ConfigError);
    assert.equal(
      thrown.message,
      'command line: --config: Must name an existing file, found none at "/work/my.yaml"',
    );
    return true;
  });
});
