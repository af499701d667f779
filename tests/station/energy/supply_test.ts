import assert from "node:assert/strict";
import { supplyOf } from "../../../src/station/energy/supply.ts";

Deno.test("connector types of 2.x and of everyday speech are AC or DC", () => {
  const dc = [
    "CCS",
    "CCS1",
    "CCS2",
    "cCCS1",
    "cCCS2",
    "Type 2 Combo",
    "CHAdeMO",
    "chademo",
    "cG105",
  ];
  dc.push(
    "cGBT-DC",
    "GB/T DC",
    "cChaoJi",
    "cLECCS",
    "cMCS",
    "cNACS-CCS1",
    "Pan",
    "Pantograph",
    "DC",
  );
  for (const type of dc) assert.equal(supplyOf(type, 22_000).current, "DC", type);
  const ac = ["Type1", "Type 2", "cType1", "cType2", "sType2", "sType3", "s309-3P-32A", "Other3Ph"];
  ac.push("Schuko", "sCEE-7-7", "sBS1361", "Other1PhMax16A", "Unknown", "red one", "NACS");
  for (const type of ac) assert.equal(supplyOf(type, 22_000).current, "AC", type);
});

Deno.test("a type that says nothing is DC above what AC can give, and one of AC never is", () => {
  assert.equal(supplyOf("cTesla", 150_000).current, "DC");
  assert.equal(supplyOf("whatever", 43_000).current, "AC");
  assert.equal(supplyOf("Type2", 150_000).current, "AC");
});

Deno.test("phases come from the type, or from the power", () => {
  const phases = (type: string, watts: number) => supplyOf(type, watts).phases;
  assert.equal(phases("Type2", 3_680), 1);
  assert.equal(phases("Type2", 7_400), 1);
  assert.equal(phases("Type2", 11_000), 3);
  assert.equal(phases("Type1", 19_000), 1);
  assert.equal(phases("s309-1P-32A", 22_000), 1);
  assert.equal(phases("s309-3P-16A", 7_000), 3);
  assert.equal(phases("CCS2", 150_000), 1);
});
