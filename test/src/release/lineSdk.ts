// Compiled by lineSdk.test.ts and by `npm run types`, never run: what we render is what the SDK takes.
import type { messagingApi } from '@line/bot-sdk'

import type { LineMessage } from '../../../src/release/lineMessage'

export const asTheSdkTakesThem = (messages: LineMessage[]): messagingApi.Message[] => messages

// Controls: the SDK's types are there and say no.
// @ts-expect-error -- a text is needed
export const withoutText: messagingApi.Message = { type: 'text' }
// @ts-expect-error -- a bubble has no such size
export const oddBubble: messagingApi.FlexBubble = { type: 'bubble', size: 'enormous' }
