/** Where texts are printed for the town hall's round of stamps; each by `<collection>:<id>`. *Pure.* */
export function printAddress(admin: string, keys: readonly string[]): string {
  return `${admin}/desk/print?items=${keys.join(',')}`
}
