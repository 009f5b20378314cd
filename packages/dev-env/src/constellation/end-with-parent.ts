/**
 * Loaded into every child (`node --import`): when the process that started it is gone, however it
 * went, the child ends itself, so that nothing is left listening.
 */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// The channel alone must not keep a child alive that has nothing left to do.
process.channel?.unref();
