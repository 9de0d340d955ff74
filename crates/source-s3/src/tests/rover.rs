//! A second storage, by others and in another language, which keeps no versions and checks signatures itself.
