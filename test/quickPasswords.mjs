import crypto from 'node:crypto'
import { channel } from 'node:diagnostics_channel'

/** What Payload asks for. Anything else is somebody else's and stays as it is. */
const PAYLOADS_ITERATIONS = 600_000
const ITERATIONS = 100

/** Tells what each piece of work was asked to be, as far as somebody listens. */
const asked = channel('kizuna-test:pbkdf2')

/**
 * Payload's passwords cost 0.15 s each, made or compared, and each file of tests has a dozen people
 * who log in: in the processes of the tests they cost nothing. The started products keep the real
 * cost.
 */
crypto.pbkdf2 = new Proxy(crypto.pbkdf2, {
  apply(pbkdf2, self, [password, salt, iterations, ...rest]) {
    const [length, digest] = rest
    asked.publish({ iterations, length, digest })
    const done = iterations === PAYLOADS_ITERATIONS ? ITERATIONS : iterations
    return Reflect.apply(pbkdf2, self, [password, salt, done, ...rest])
  },
})
