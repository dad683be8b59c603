/** Most recipients of one multicast. https://developers.line.biz/en/reference/messaging-api/#send-multicast-message */
export const LINE_MAX_RECIPIENTS = 500

/** Multicast requests a second and channel, since 2025-04-23. https://developers.line.biz/en/reference/messaging-api/#rate-limits */
export const LINE_MULTICASTS_PER_SECOND = 200

/** Largest request body in bytes (413 above it). https://developers.line.biz/en/reference/messaging-api/#common-specifications */
export const LINE_MAX_BODY_BYTES = 2 * 1024 * 1024

/** How long a retry key is remembered. https://developers.line.biz/en/docs/messaging-api/retrying-api-request/ */
export const LINE_RETRY_KEY_MS = 24 * 60 * 60 * 1000

/** Lifetime of a stateless channel access token. https://developers.line.biz/en/reference/messaging-api/#issue-stateless-channel-access-token */
export const LINE_TOKEN_MS = 15 * 60 * 1000

/** Items of a quick reply. https://developers.line.biz/en/reference/messaging-api/#quick-reply */
export const LINE_MAX_QUICK_REPLIES = 13

/** The sentence that tells the monthly limit from a rate limit. https://developers.line.biz/en/reference/messaging-api/#error-responses */
export const LINE_MONTHLY_LIMIT_MESSAGE = 'You have reached your monthly limit.'
