'use client'

/** For a column of lists that has no place in the form. */
export function HiddenField() {
  return null
}
