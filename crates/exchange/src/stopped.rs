//! Being told to stop.

use std::io;

use tokio::signal::unix::{SignalKind, signal};

/// Calls `then` each time that the process is asked to stop (SIGTERM, SIGINT), which no longer ends it.
///
/// # Errors
/// When the system refuses.
pub fn when_stopped(then: impl Fn() + Send + Clone + 'static) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    // They count from here on, not from when the thread below runs.
    let asked = {
        let _here = runtime.enter();
        [SignalKind::terminate(), SignalKind::interrupt()].map(signal)
    };
    let [terminate, interrupt] = asked;
    let (mut terminate, mut interrupt) = (terminate?, interrupt?);
    std::thread::spawn(move || {
        let also = then.clone();
        runtime.spawn(async move {
            while interrupt.recv().await.is_some() {
                also();
            }
        });
        runtime.block_on(async move {
            while terminate.recv().await.is_some() {
                then();
            }
        });
    });
    Ok(())
}
