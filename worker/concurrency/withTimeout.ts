/**
 * What a piece of work gives, if it does within so many milliseconds; the work itself is not stopped.
 *
 * @throws an error with this code when it takes longer.
 */
export async function withTimeout<T>(
  work: Promise<T>,
  timeoutMs: number,
  code: string,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(Object.assign(new Error('No answer in time'), { code }))
    }, timeoutMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
