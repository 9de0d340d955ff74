use jiff::Timestamp;

/// Where the time comes from. The program looks at the machine's clock in one place only and hands
/// it down, so that every test is repeatable.
pub trait TimeSource {
    /// Now (UTC).
    fn now(&self) -> Timestamp;
}

impl<F: Fn() -> Timestamp> TimeSource for F {
    fn now(&self) -> Timestamp {
        self()
    }
}
