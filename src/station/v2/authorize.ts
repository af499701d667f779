import type { v21 } from "../../ocpp/mod.ts";
import { CallRefused, says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";
import { readIdTokenInfo, writeIdToken } from "./id_token.ts";
import { readTariff } from "./tariff.ts";

type Event = Spoken["authorize"]["event"];
type Answer = Spoken["authorize"]["answer"];

/** Asks whether a token may charge (C01). */
export const authorize201 = says<"2.0.1", "Authorize", Event, Answer>({
  action: "Authorize",
  request: ({ idToken }) => ({ idToken: writeIdToken(idToken) }),
  answer: ({ idTokenInfo }) => readIdTokenInfo(idTokenInfo),
});

/** The same in 2.1, where the answer may say what it costs this driver (I08). */
export const authorize21 = says<"2.1", "Authorize", Event, Answer>({
  action: "Authorize",
  request: ({ idToken }) => ({ idToken: writeIdToken(idToken) }),
  answer: ({ idTokenInfo, tariff }) => ({
    ...readIdTokenInfo(idTokenInfo),
    ...(tariff === undefined ? {} : readOwnTariff(tariff)),
  }),
});

/** To a lenient station a tariff may be anything. */
function readOwnTariff(given: v21.TariffType): Pick<Answer, "tariff" | "tariffFault"> {
  try {
    const read = readTariff(given);
    return "why" in read ? { tariffFault: read.why } : { tariff: read.tariff };
  } catch (error) {
    if (error instanceof CallRefused || error instanceof TypeError) {
      return { tariffFault: error.message };
    }
    throw error;
  }
}
