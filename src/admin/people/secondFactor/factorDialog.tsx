'use client'

import { useEffect, useId, useRef, type ReactNode } from 'react'
import { createPortal } from 'react-dom'

interface DialogProps {
  title: string
  children: ReactNode
  onGiveUp: () => void
}

/** A dialog over the page; beside it in the document, since the page may be a form itself. */
export function FactorDialog({ title, children, onGiveUp }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => dialog.current?.showModal(), [])
  return createPortal(
    <dialog
      ref={dialog}
      className="kizuna-sign-in"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onGiveUp()
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>,
    document.body,
  )
}
