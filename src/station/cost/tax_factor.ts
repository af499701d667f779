import type { TaxRate } from "./tariff.ts";

/**
 * The factor that taxes make of a net price (TaxRateType of 2.1).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(taxFactor([]), 1);
 * assert.equal(taxFactor([{ type: "VAT", tax: 20, stack: 0 }]).toFixed(3), "1.200");
 * const state = { type: "State", tax: 10, stack: 0 };
 * const federal = { type: "Federal", tax: 50, stack: 1 };
 * assert.equal(taxFactor([federal, state]).toFixed(3), "1.650");
 * ```
 */
export function taxFactor(rates: readonly TaxRate[]): number {
  const stacks = Map.groupBy(rates, ({ stack }) => stack);
  return Array.from(stacks.values(), (stack) => stack.reduce((sum, { tax }) => sum + tax / 100, 1))
    .reduce((product, factor) => product * factor, 1);
}
