import type { Payload } from "../../ocpp/mod.ts";
import { MOST_BYTES, MOST_ITEMS } from "../device_model/message_limits.ts";
import { CallRefused } from "../dialect.ts";

const encoder = new TextEncoder();

/**
 * The items of a request, if they are not too many and not too long (B06.FR.16 and FR.17, and the same of the
 * others).
 *
 * @throws CallRefused with the error that the specification names
 */
export function itemsOf<Item>(
  action: keyof typeof MOST_ITEMS,
  request: object,
  items: readonly Item[] | undefined,
): readonly Item[] {
  const most = MOST_ITEMS[action];
  // A lenient station may be sent anything.
  const found = (Array.isArray(items) ? items as readonly Item[] : [])
    .filter((item) => item !== null && item !== undefined);
  if (found.length > most) {
    throw new CallRefused(
      "OccurrenceConstraintViolation",
      `At most ${most} items fit into ${action} (ItemsPerMessage), found: ${found.length}`,
    );
  }
  const bytes = encoder.encode(JSON.stringify(request as Payload)).length;
  if (bytes > MOST_BYTES) {
    throw new CallRefused(
      "FormatViolation",
      `At most ${MOST_BYTES} bytes fit into ${action} (BytesPerMessage), found: ${bytes}`,
    );
  }
  return found;
}
