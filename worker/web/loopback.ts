import type { Request } from 'express'

/** Headers by which a proxy says that it speaks for somebody else. */
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via']

/**
 * Whether a request was made on this machine itself: it comes from a loopback address and no proxy
 * has passed it on. What a proxy says about the address is never believed, whatever `trust proxy`
 * is. *Pure.*
 */
export function isFromThisMachine({ socket, headers }: Pick<Request, 'socket' | 'headers'>) {
  const isPassedOn = PROXY_HEADERS.some((name) => headers[name] !== undefined)
  return !isPassedOn && isLoopback(socket.remoteAddress)
}

/** 127.0.0.0/8 (RFC 1122 3.2.1.3), also as an IPv6-mapped address, and ::1 (RFC 4291 2.5.3). *Pure.* */
export function isLoopback(address = ''): boolean {
  return address === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/i.test(address)
}
