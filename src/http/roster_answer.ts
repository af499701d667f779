import type { RosterAnswer } from "../station/mod.ts";
import { invalidBody } from "./check_body.ts";
import { noStation } from "./connections.ts";
import { Problem } from "./problem.ts";

/** An answer that is no problem. */
export type RosterDone = Extract<RosterAnswer, { kind: "done" }>;

/** How many faults the sentence of a 422 spells out, and how many its `errors` list. */
const MOST_TOLD = 20;
const MOST_LISTED = 1_000;

/** What was done. @throws Problem when nothing was. `id` is for "no such station". */
export function doneOrProblem(answer: RosterAnswer, id = ""): RosterDone {
  switch (answer.kind) {
    case "done":
      return answer;
    case "unknown":
      throw noStation(id);
    case "refused":
      throw new Problem(409, answer.reason);
    case "unkept":
      throw new Problem(503, answer.reason, { headers: { "retry-after": "1" } });
    case "invalid": {
      const { problems } = answer;
      if (problems.length <= MOST_TOLD) throw invalidBody(problems);
      const { message } = invalidBody(problems.slice(0, MOST_TOLD));
      const more = problems.length - MOST_TOLD;
      throw new Problem(422, `${message}; … and ${more} more`, {
        members: { errors: problems.slice(0, MOST_LISTED), errorCount: problems.length },
      });
    }
    default:
      return answer satisfies never;
  }
}
