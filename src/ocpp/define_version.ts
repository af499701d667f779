import type * as z from "zod";
import type { FaultKinds } from "./errors.ts";
import { lazyValidate } from "./validate.ts";
import type { Action, OcppVersion, Validate } from "./version.ts";

/** What builds the schemas of an action. A SEND has no response. */
export interface ActionSchemas {
  readonly request: () => z.ZodType;
  readonly response: (() => z.ZodType) | null;
}

/** What is particular to a version. */
export interface VersionParts<Name extends string> extends Omit<OcppVersion, "actions"> {
  readonly schemas: Readonly<Record<Name, ActionSchemas>>;
  /** Who may send each action. */
  readonly from: Readonly<Record<Name, Action["from"]>>;
  readonly faultKinds: FaultKinds;
}

/** Puts a version together. No schema is built yet. */
export function defineVersion<Name extends string>(parts: VersionParts<Name>): OcppVersion {
  const { schemas, from, faultKinds, ...rest } = parts;
  const actions = new Map<string, Action>();
  for (const name of Object.keys(schemas) as Name[]) {
    const { request, response } = schemas[name];
    actions.set(name, {
      name,
      from: from[name],
      messageType: response === null ? "send" : "call",
      request: lazyValidate(request, faultKinds),
      response: response === null ? neverAnswered(name) : lazyValidate(response, faultKinds),
    });
  }
  return { ...rest, actions };
}

/** Whatever answers a SEND is wrong. */
function neverAnswered(name: string): Validate {
  const message = `Found an answer, must be none: ${name} is a SEND`;
  return () => [{ kind: "ProtocolError", path: "", message }];
}
