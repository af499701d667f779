import type { OcppVersion, Payload } from "../../ocpp/mod.ts";
import { deedOf, refused } from "../deed.ts";
import type { Deed } from "../driver.ts";
import type { LineHost } from "./line_ports.ts";
import { said } from "./said.ts";
import type { Works } from "../works.ts";

/**
 * Sends a CALL that somebody wrote by hand, if a station may send it and the CSMS can be reached. Some of
 * what a station says so is so from then on: a limit from elsewhere, the priority of a driver.
 */
export async function callByHand(
  works: Works & Pick<LineHost, "languages">,
  action: string,
  payload: Payload,
): Promise<Deed> {
  const { line } = works;
  const language = works.languages.find(({ dialect }) => dialect === line.dialect);
  if (language === undefined) return refused("There is no connection to the CSMS");
  const { version, dialect } = language;
  const wrong = whyNot(version, action, payload);
  if (wrong !== null) return { kind: "invalid", message: `Cannot send ${action}: ${wrong}` };
  if (action !== "BootNotification" && !line.accepted) {
    return refused("The CSMS has not accepted the station's boot yet");
  }
  const result = said(action, await line.call(action, payload), () => null);
  if (result.kind === "offline") return refused(result.message);
  dialect.heeds?.[action]?.(works, payload);
  return deedOf(result);
}

function whyNot({ id, actions }: OcppVersion, action: string, payload: Payload): string | null {
  const definition = actions.get(action);
  if (definition === undefined) return `OCPP ${id} has no such action`;
  if (definition.from === "csms") return "only a CSMS sends it";
  const [wrong] = definition.request(payload);
  if (wrong === undefined) return null;
  return wrong.path === "" ? wrong.message : `${wrong.path}: ${wrong.message}`;
}
