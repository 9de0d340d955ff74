/// Why a question about published sums cannot be answered at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InferenceError {
    /// A sum names a hidden number that there is not.
    #[error("a sum names the hidden number {number}, and there are {of}")]
    NoSuchNumber {
        /// The number.
        number: usize,
        /// How many there are.
        of: usize,
    },
    /// A number is too large to be reckoned with exactly.
    #[error("{0}")]
    TooLarge(&'static str),
    /// A lower end lies above an upper end.
    #[error("from {low} to {high} lies no number")]
    Empty {
        /// The lower end.
        low: i64,
        /// The upper end.
        high: i64,
    },
    /// A required width, or the width of a band, is not positive.
    #[error("a width is 1 at least, and this one is {0}")]
    Width(i64),
    /// There is another number of values than of hidden numbers.
    #[error("there are {of} hidden numbers, and {given} values")]
    Length {
        /// The values given.
        given: usize,
        /// The hidden numbers.
        of: usize,
    },
    /// Values are not a solution: a hidden number cannot be this.
    #[error("hidden number {number} is {value}, which it cannot be")]
    Number {
        /// Which hidden number.
        number: usize,
        /// Its value.
        value: i64,
    },
    /// Values are not a solution: a sum is not what is published of it.
    #[error("sum {sum} is {value}, and {low} to {high} is published")]
    Sum {
        /// Which sum: those that hold by definition come first, in the order in which they were given, then the published.
        sum: usize,
        /// What the values make it.
        value: i64,
        /// The lower end of what is published.
        low: i64,
        /// The upper end of what is published.
        high: i64,
    },
    /// Two solutions are nearer to each other than they are said to be.
    #[error("the two solutions differ by {by}, and {width} is required")]
    Near {
        /// By how much they differ.
        by: i64,
        /// The required width.
        width: i64,
    },
}
