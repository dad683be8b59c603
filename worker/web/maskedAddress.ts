/**
 * An address that its owner knows again and nobody else can write to: `a***@example.jp`. *Pure.*
 */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@')
  const [first = ''] = address
  return `${first}***${at === -1 ? '' : address.slice(at)}`
}
