/**
 * A child that writes until it is killed: two callers commit pairs of documents, a number that grows, and
 * print it once the commit has resolved; the log takes a message for each, and later writes go along.
 */
import { SystemClock } from "../../src/clock/mod.ts";
import { silentLog } from "../../src/log/mod.ts";
import { openStore } from "../../src/store/mod.ts";
import { KINDS } from "./killing.ts";

const [path = ""] = Deno.args;
const clock = new SystemClock();
const store = openStore({
  path,
  kinds: KINDS,
  messageRetention: 500,
  messageMaxAgeMs: 3_600_000,
  clock,
  log: silentLog,
});

async function commitForEver(caller: string): Promise<void> {
  const encoder = new TextEncoder();
  for (let n = (store.get("number", `${caller}/left`) ?? 0) as number;;) {
    n++;
    await store.commit((write) => {
      write.put("number", `${caller}/left`, n);
      write.put("number", `${caller}/right`, n);
      write.put("queue", `${caller}/${String(n).padStart(9, "0")}`, {
        n,
        text: "x".repeat(n % 997),
      });
      if (n > 100) write.remove("queue", `${caller}/${String(n - 100).padStart(9, "0")}`);
    });
    Deno.stdout.writeSync(encoder.encode(`${caller} ${n}\n`));
    store.later((write) => write.put("cache", caller, n));
    store.messages.append({
      at: clock.now(),
      stationId: caller,
      direction: "out",
      type: "call",
      action: "Heartbeat",
      id: String(n),
      text: "x".repeat(n % 1_009),
      bytes: n % 1_009,
      latencyMs: null,
      error: null,
    });
  }
}

await Promise.all([commitForEver("a"), commitForEver("b")]);
