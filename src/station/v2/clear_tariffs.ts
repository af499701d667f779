import type { v21 } from "../../ocpp/mod.ts";
import { obeys } from "../dialect.ts";

/** Takes default tariffs away; a transaction that runs keeps its own (2.1 I10). One result for each. */
export const clearTariffs = obeys<"2.1", "ClearTariffs">(
  ({ services: { facilities } }, request) => {
    const { evseId = 0 } = request;
    const tariffIds = Array.isArray(request.tariffIds) ? request.tariffIds.map(String) : null;
    const cleared = facilities.tariffs.clear(tariffIds, evseId);
    const ids = tariffIds ?? cleared;
    const results: v21.ClearTariffsResultType[] = ids.map((tariffId) => ({
      tariffId,
      status: cleared.includes(tariffId) ? "Accepted" : "NoTariff",
    }));
    return { clearTariffsResult: results.length === 0 ? [{ status: "NoTariff" }] : results };
  },
);
