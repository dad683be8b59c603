interface Ask {
  municipality: string
  date: string
  edition: string
  area: string
  isTwins: boolean
  isCorrected?: boolean
  anchors: { dueDate?: string; birthDate?: string; supportFrom?: string; announceOn?: string }
}

/** The query of `GET /arrivals` for one family on one day. *Pure.* */
export function queryOf({ anchors, isTwins, isCorrected, ...rest }: Ask): string {
  return new URLSearchParams({
    ...rest,
    ...(anchors.dueDate ? { due: anchors.dueDate } : {}),
    ...(anchors.birthDate ? { birth: anchors.birthDate } : {}),
    ...(anchors.supportFrom ? { support: anchors.supportFrom } : {}),
    ...(anchors.announceOn ? { announce: anchors.announceOn } : {}),
    ...(isTwins ? { twins: '1' } : {}),
    ...(isCorrected ? { corrected: '1' } : {}),
  }).toString()
}
