import { SystemClock, systemRandom } from "../../../src/clock/mod.ts";
import { startCsms } from "../../../src/csms/mod.ts";
import { silentLog } from "../../../src/log/mod.ts";
import { print } from "../print.ts";

/** The built-in CSMS, which holds nothing against schemas: not what is measured. */
const csms = await startCsms({
  clock: new SystemClock(),
  random: systemRandom,
  log: silentLog,
  validate: false,
});
print(csms.url);
