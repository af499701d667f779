import * as z from "zod";
import { once } from "./once.ts";

export { once };

const DAY_OF_YEAR = [
  "\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])",
  "\\d{4}-(?:0[13-9]|1[0-2])-(?:29|30)",
  "\\d{4}-(?:0[13578]|1[02])-31",
  "(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29",
].join("|");
const TIME_OF_DAY = "(?:[01]\\d|2[0-3]):(?:[0-5]\\d:[0-5]\\d|59:60)(?:\\.\\d+)?";
const ZONE = "(?:[Zz]|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)";
const DATE_TIME = new RegExp(`^(?:${DAY_OF_YEAR})[Tt]${TIME_OF_DAY}${ZONE}$`);

/**
 * The format `date-time` of JSON Schema, which is RFC 3339 §5.6: with a zone, any number of decimal
 * places, small letters allowed. The leap second of a minute 59 is valid, though `Date` cannot read it.
 */
export const dateTime = once(() => z.stringFormat("date-time", DATE_TIME));

const OCTET = "%[0-9a-f]{2}";
const NAME = `(?:[\\w\\-.~!$&'()*+,;=]|${OCTET})*`;
const USER = `(?:[\\w\\-.~!$&'()*+,;=:]|${OCTET})*`;
const SEGMENT = `(?:[\\w\\-.~!$&'()*+,;=:@]|${OCTET})`;
const TAIL = `(?:[\\w\\-.~!$&'()*+,;=:@/?]|${OCTET})*`;
const HOST = `(?:\\[(?:[0-9a-f:.]+|v[0-9a-f]+\\.[\\w\\-.~!$&'()*+,;=:]+)\\]|${NAME})`;
const AUTHORITY = `//(?:${USER}@)?${HOST}(?::\\d*)?(?:/${SEGMENT}*)*`;
const PATH = `/?(?:${SEGMENT}+(?:/${SEGMENT}*)*)?`;
const URI = new RegExp(
  `^[a-z][a-z0-9+.-]*:(?:${AUTHORITY}|${PATH})(?:\\?${TAIL})?(?:#${TAIL})?$`,
  "i",
);

/** The format `uri` of JSON Schema, which is RFC 3986 with a scheme; `ftp://user:pass@host/` is one. */
export const uri = once(() => z.stringFormat("uri", URI));
