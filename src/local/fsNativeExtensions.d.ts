declare module 'fs-native-extensions' {
  /**
   * Asks the system for a lock on an open file, without waiting; two descriptors of one process
   * count as two holders. It ends with the descriptor, and so with the process.
   *
   * Source: https://github.com/holepunchto/fs-native-extensions#api
   */
  export function tryLock(fd: number, options?: { shared?: boolean }): boolean
}
