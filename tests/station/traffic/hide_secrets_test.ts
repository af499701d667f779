import assert from "node:assert/strict";
import { SystemClock } from "../../../src/clock/mod.ts";
import { hideSecrets } from "../../../src/station/traffic/hide_secrets.ts";

/** Action, what the CSMS sends, and what the log shows of it. */
const CASES = [
  // 1.6 security whitepaper §4
  [
    "ChangeConfiguration",
    '{"key": "AuthorizationKey", "value" : "00\\"FF"}',
    '{"key": "AuthorizationKey", "value" : "***"}',
  ],
  [
    "ChangeConfiguration",
    '{"key":"HeartbeatInterval","value":"300"}',
    '{"key":"HeartbeatInterval","value":"300"}',
  ],
  // 2.x part 2 A01
  [
    "SetVariables",
    '{"setVariableData":[{"attributeValue":"DontTell","variable":{"name":"BasicAuthPassword"}}]}',
    '{"setVariableData":[{"attributeValue":"***","variable":{"name":"BasicAuthPassword"}}]}',
  ],
  // 2.x part 2 B09
  [
    "SetNetworkProfile",
    '{"basicAuthPassword":"a","apn":{"apnPassword":"b","apn":"x"},"vpn":{"password":"c","key":"d"}}',
    '{"basicAuthPassword":"***","apn":{"apnPassword":"***","apn":"x"},' +
    '"vpn":{"password":"***","key":"***"}}',
  ],
  ["GetDiagnostics", '{"location":"ftp://me:it@host/x"}', '{"location":"ftp://me:***@host/x"}'],
  ["GetLog", '{"x":"https:\\/\\/me:it@host\\/x"}', '{"x":"https:\\/\\/me:***@host\\/x"}'],
  ["UpdateFirmware", '{"location":"http://host/x@y:1"}', '{"location":"http://host/x@y:1"}'],
  // No table of ours has it
  ["constructor", '{"value":"AuthorizationKey"}', '{"value":"AuthorizationKey"}'],
  ["Heartbeat", '{"key":"AuthorizationKey","value":"x"}', '{"key":"AuthorizationKey","value":"x"}'],
] as const;

Deno.test("passwords that a CSMS sends are hidden, and nothing else changes", () => {
  for (const [action, text, hidden] of CASES) assert.equal(hideSecrets(action, text), hidden);
});

Deno.test("a text of no known action is searched for all of them", () => {
  const text = '[2,"7","ChangeConfiguration",{"key":"AuthorizationKey","value":"secret"';
  assert.doesNotMatch(hideSecrets(null, text), /secret/);
  assert.doesNotMatch(hideSecrets(null, text.slice(0, -1)), /secre/);
});

Deno.test("a hostile text takes no time", () => {
  const marks = '@ "AuthorizationKey" "BasicAuthPassword" "key"';
  const pieces = ["://", "://a:", "://a:b", '"value":"', '"value"   :', "\\\\", '\\"', " ", "@"];
  const clock = new SystemClock();
  const from = clock.monotonic();
  for (const piece of pieces) hideSecrets(null, marks + piece.repeat(1_000_000 / piece.length));
  assert(clock.monotonic() - from < 5_000);
});
