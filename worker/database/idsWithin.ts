/** Filter for the ids whose first parts are these, each part ending with `:`. *Pure.* */
export function idsWithin(parts: string) {
  return { $gte: `${parts}:`, $lt: `${parts};` } // `;` is the sign after `:`
}
