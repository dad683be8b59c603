interface Ask {
  municipality: string
  date: string
  edition: string
  area: string
  relation?: string
  isTwins: boolean
  isCorrected?: boolean
  anchors: { dueDate?: string; birthDate?: string; supportFrom?: string; announceOn?: string }
}

/** The query of `GET /arrivals` for one family on one day. *Pure.* */
export function queryOf({ anchors, isTwins, isCorrected, relation, ...rest }: Ask): string {
  return new URLSearchParams({
    ...rest,
    ...(relation ? { relation } : {}),
    ...(anchors.dueDate ? { due: anchors.dueDate } : {}),
    ...(anchors.birthDate ? { birth: anchors.birthDate } : {}),
    ...(anchors.supportFrom ? { support: anchors.supportFrom } : {}),
    ...(anchors.announceOn ? { announce: anchors.announceOn } : {}),
    ...(isTwins ? { twins: '1' } : {}),
    ...(isCorrected ? { corrected: '1' } : {}),
  }).toString()
}
