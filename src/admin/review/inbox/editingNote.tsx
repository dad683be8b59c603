'use client'

import { useEffect, useState } from 'react'

import { useApi } from '../../api/useApi'

/** Who reads a text for minutes sees that somebody begins to change it. */
const LOOKED_EVERY_MS = 20_000

/** Says that somebody else is changing the text that is being looked at; nothing while nobody is. */
export function EditingNote({ path }: { path: string }) {
  const { ask } = useApi()
  const [editing, setEditing] = useState('')
  useEffect(() => {
    const look = async () => {
      const answer = await ask<{ editing: string }>(`${path}/editing`)
      if (answer.isDone) setEditing(answer.body.editing)
    }
    void look()
    const timer = setInterval(() => void look(), LOOKED_EVERY_MS)
    return () => clearInterval(timer)
  }, [ask, path])
  if (!editing) return null
  return (
    <p className="kizuna-panel__note" role="status">
      {editing}。いま直しているところなので、保存されると内容が変わり、もう一度監修に出されます。
    </p>
  )
}
