interface Poster {
  /** Address of the readers' pages, without a slash at its end. */
  publicUrl: string
  /** Code of the municipality. */
  municipality: string
  /** Code of the source. */
  source: string
}

/** Where a family begins to register, with the source that led it there. *Pure.* */
export function registrationAddress({ publicUrl, municipality, source }: Poster): string {
  return `${publicUrl}/r/${municipality}?s=${source}`
}

/** An address as it is printed to be typed; a phone fills in the rest. *Pure.* */
export function printedAddress(address: string): string {
  return address.replace(/^https:\/\//, '')
}
