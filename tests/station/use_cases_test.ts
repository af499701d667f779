/** The use cases of OCPP 1.6 and of its security whitepaper, walked with one station on a virtual clock. */
import assert from "node:assert/strict";
import "./use_cases/authorization.ts";
import "./use_cases/boot.ts";
import "./use_cases/configuration.ts";
import "./use_cases/control.ts";
import "./use_cases/files.ts";
import "./use_cases/metering.ts";
import "./use_cases/reservations.ts";
import "./use_cases/schedules.ts";
import { SECTIONS } from "./use_cases/sections.ts";
import "./use_cases/security.ts";
import "./use_cases/smart_charging.ts";
import "./use_cases/transactions.ts";
import { WALKED } from "./use_cases/use_case.ts";

Deno.test("every section of 1.6 is walked, proved elsewhere, or explained", async (t) => {
  for (const [section, { title, elsewhere, why }] of Object.entries(SECTIONS)) {
    const walked = WALKED.get(section) ?? [];
    const claims = [walked.length > 0, elsewhere !== undefined, why !== undefined];
    const is = JSON.stringify({ walked, elsewhere, why });
    assert.equal(claims.filter(Boolean).length, 1, `${section} ${title}: ${is}`);
    if (elsewhere !== undefined) {
      const text = await Deno.readTextFile(new URL(`../../${elsewhere}`, import.meta.url));
      assert(text.includes(section), `${elsewhere} does not name ${section}`);
    }
    // The runner prints the names of steps.
    if (why !== undefined) await t.step(`not walked: ${section} ${title}: ${why}`, () => {});
  }
});
