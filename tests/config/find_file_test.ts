import assert from "node:assert/strict";
import { ConfigError, findConfigFile } from "../../src/config/mod.ts";

function find(explicit: string | undefined, ...existing: string[]): string | null {
  return findConfigFile({
    explicit,
    workingFolder: "/site",
    executableFolder: "/opt/emu",
    exists: (path) => existing.includes(path),
  });
}

Deno.test("the file named by --config wins, from the working folder", () => {
  assert.equal(find("my.yaml", "/site/my.yaml", "/site/config.yaml"), "/site/my.yaml");
  assert.equal(find("/etc/my.yaml", "/etc/my.yaml"), "/etc/my.yaml");
});

Deno.test("without --config the working folder comes before the executable's", () => {
  assert.equal(
    find(undefined, "/opt/emu/config.yaml", "/site/config.yaml"),
    "/site/config.yaml",
  );
  assert.equal(find(undefined, "/opt/emu/config.yaml"), "/opt/emu/config.yaml");
  assert.equal(find(undefined), null);
});

Deno.test("from source nothing is looked for beside the executable", () => {
  const where = { explicit: undefined, workingFolder: "/site", executableFolder: null };
  assert.equal(findConfigFile({ ...where, exists: (path) => path !== "/site/config.yaml" }), null);
});

Deno.test("a file that --config names must exist", () => {
  assert.throws(() => find("my.yaml", "/site/config.yaml"), (thrown: unknown) => {
    assert(thrown instanceof ConfigError);
    assert.equal(
      thrown.message,
      'command line: --config: Must name an existing file, found none at "/site/my.yaml"',
    );
    return true;
  });
});
