import { Answer, obeys } from "../dialect.ts";

/** Ends transactions and boots again, once the answer is on its way (§5.14). */
export const reset = obeys<"1.6", "Reset">((station, { type }) => {
  const kind = type === "Hard" ? "hard" : type === "Soft" ? "soft" : null;
  if (kind === null) return { status: "Rejected" };
  return new Answer({ status: "Accepted" }, () => station.reset(kind));
});
