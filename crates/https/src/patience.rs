//! A request that only reads, made again where that may help.

use std::time::Duration;

/// How often a request is made that may succeed if it is made again, and how long is waited before the second time; each
/// further time twice as long.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// So often.
    pub tries: u32,
    /// Before the second time.
    pub pause: Duration,
}

impl Patience {
    /// Does something until it succeeds, fails for good, or was tried often enough. Before each try `go_on` says whether
    /// there may be one; `hangs_up` ends the connection after one that failed, if the failure may pass, and says whether it
    /// may.
    ///
    /// # Errors
    /// What `go_on` says, or the last try.
    pub fn tries<C, T, E>(
        self,
        who: &mut C,
        go_on: &dyn Fn() -> Result<(), E>,
        hangs_up: impl Fn(&mut C, &E) -> bool,
        does: &mut dyn FnMut(&mut C) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut pause = self.pause;
        for _ in 1..self.tries {
            go_on()?;
            match does(who) {
                Err(fault) if hangs_up(who, &fault) => {}
                ended => return ended,
            }
            std::thread::sleep(pause);
            pause *= 2;
        }
        go_on()?;
        does(who)
    }
}
