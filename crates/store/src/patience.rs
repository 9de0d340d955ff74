use std::time::Duration;

use crate::StoreError;

/// Tries for some seconds, while what fails may succeed by itself.
pub(crate) fn patiently<T>(
    mut ask: impl FnMut() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    const PAUSE: Duration = Duration::from_millis(250);
    for _ in 0..20 {
        match ask() {
            Err(error) if error.retryable() => std::thread::sleep(PAUSE),
            settled => return settled,
        }
    }
    ask()
}
