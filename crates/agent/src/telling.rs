/// How much of an error may leave the region.
pub(crate) enum Telling {
    /// All of it: it is made of the mandate, of fixed words and of numbers.
    Whole,
    /// This much; the rest stays under a number.
    Class(String),
}
