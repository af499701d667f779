/** The use cases of OCPP 2.0.1 and 2.1 part 2, walked with one station on a virtual clock. */
import assert from "node:assert/strict";
import "./use_cases/v2/authorization.ts";
import "./use_cases/v2/availability.ts";
import "./use_cases/v2/battery_swap.ts";
import "./use_cases/v2/beside_the_csms.ts";
import "./use_cases/v2/certificates.ts";
import "./use_cases/v2/costs.ts";
import "./use_cases/v2/data_transfer.ts";
import "./use_cases/v2/der.ts";
import "./use_cases/v2/diagnostics.ts";
import "./use_cases/v2/display.ts";
import "./use_cases/v2/firmware.ts";
import "./use_cases/v2/local_list.ts";
import "./use_cases/v2/metering.ts";
import "./use_cases/v2/network.ts";
import "./use_cases/v2/payment.ts";
import "./use_cases/v2/provisioning.ts";
import "./use_cases/v2/remote_control.ts";
import "./use_cases/v2/reservations.ts";
import "./use_cases/v2/resets.ts";
import "./use_cases/v2/security.ts";
import "./use_cases/v2/smart_charging.ts";
import "./use_cases/v2/transactions.ts";
import "./use_cases/v2/tx_points.ts";
import "./use_cases/v2/v2x.ts";
import { USE_CASES, WALKED } from "./use_cases/v2/use_case.ts";
import { VERSIONS } from "./v2/support.ts";

for (const version of VERSIONS) {
  Deno.test(`every use case of ${version} is walked or explained`, async (t) => {
    for (const [number, { title, why }] of Object.entries(USE_CASES[version])) {
      const walked = WALKED[version].get(number) ?? [];
      const is = JSON.stringify({ walked, why });
      assert.equal(walked.length > 0, why === undefined, `${number} ${title}: ${is}`);
      // The runner prints the names of steps.
      if (why !== undefined) await t.step(`not walked: ${number} ${title}: it ${why}`, () => {});
    }
  });
}
