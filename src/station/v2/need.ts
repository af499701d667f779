import { CallRefused } from "../dialect.ts";

/** A part of a request that a lenient station may be sent without. @throws {CallRefused} */
export function needObject<Part extends object>(part: Part | undefined, name: string): Part {
  if (typeof part === "object" && part !== null && !Array.isArray(part)) return part;
  throw new CallRefused("TypeConstraintViolation", `${name} must be an object`);
}

/** The same of a text. @throws {CallRefused} */
export function needText(text: string | undefined, name: string): string {
  if (typeof text === "string") return text;
  throw new CallRefused("TypeConstraintViolation", `${name} must be a text`);
}
