import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import type { Figure } from "../bench/load/figure.ts";

const BENCH = fileURLToPath(new URL("../bench/load_bench.ts", import.meta.url));

Deno.test({
  name: "the load benchmark measures every figure with ten stations",
  ignore: Deno.build.os !== "linux",
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "ocpp-emu-bench-test-" });
    try {
      const file = `${folder}/figures.json`;
      const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        // It reads /proc, which the runtime allows only to those who may do everything.
        args: ["run", "-q", "-A", "--no-check", BENCH, "--tiny", "--json", file],
      }).output();
      const [said, complaints] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
      assert.equal(code, 0, `${said}\n${complaints}`);
      assert.equal(complaints, "");
      const { figures } = JSON.parse(await Deno.readTextFile(file)) as { figures: Figure[] };
      for (const { name, values } of figures) {
        assert(Number.isFinite(values["ocpp-emu"]?.median), `${name} was not measured`);
        assert(said!.includes(name), `${name} is not in the table`);
      }
      const named = (part: string) => figures.find(({ name }) => name.includes(part))?.values;
      const subjects = ["memory per station", "connect and boot", "round trips", "at rest, CPU"];
      for (const part of subjects) assert(named(part)?.bare !== undefined, part);
      assert.equal(named("connections too many")?.["ocpp-emu"]?.median, 0);
      assert(named("reconnects in")?.["ocpp-emu"]?.median! > 0, "the soak cuts stations off");
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
