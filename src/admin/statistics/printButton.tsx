'use client'

import { Button } from '@payloadcms/ui'

/** Prints the page as it is. */
export function PrintButton() {
  return (
    <Button margin={false} buttonStyle="secondary" onClick={() => window.print()}>
      印刷する
    </Button>
  )
}
