//! The texts that reach a program unchanged in every shell and on every system, and why others
//! don't.
//!
//! bash passes every text. PowerShell does not: on Windows, `az` is a batch file in every version,
//! so PowerShell joins the arguments into one line and quotes only those with a space, and cmd.exe
//! parses that line twice. No syntax of PowerShell avoids this (PowerShell, `about_Parsing`:
//! untrusted input should be passed to batch files another way). Such a text is therefore not
//! passed:
//! [`crate::scenario`] doesn't accept it for PowerShell, and [`crate::rules`] reports it.

/// Why a text cannot be passed to a program on every system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnsafeArg {
    /// It is empty: Windows PowerShell drops the argument. As `--option=` it can be passed.
    Empty,
    /// A control character, a line break for instance: cmd.exe cuts the line there.
    Control(char),
    /// A character outside of ASCII: PowerShell passes it on, but not every program reads it the
    /// same on every system.
    NotAscii(char),
    /// A double quote: lost on the way, or it splits the argument.
    DoubleQuote,
    /// A percent sign: cmd.exe puts in the variable whose name is between two of them, wherever in
    /// the line the other is.
    Percent,
    /// A backslash at the end: Windows PowerShell lets it take the closing quote.
    BackslashAtEnd,
    /// It is `--%`, which tells PowerShell to read no further.
    StopParsing,
    /// One of `& | < > ^ ( )`, and no blank anywhere, which would make PowerShell quote the
    /// argument: cmd.exe acts on it.
    Operator(char),
}

/// Whether a text, written as one quoted word, reaches a program unchanged from Windows PowerShell
/// 5.1 and every PowerShell 7, on Windows through cmd.exe as well as elsewhere.
///
/// A text that starts with a dash is passed on too; that the program takes it for an option is
/// another matter.
pub fn check(text: &str) -> Result<(), UnsafeArg> {
    if text.is_empty() {
        return Err(UnsafeArg::Empty);
    }
    if let Some(c) = text.chars().find(|c| c.is_control()) {
        return Err(UnsafeArg::Control(c));
    }
    if text.contains('"') {
        return Err(UnsafeArg::DoubleQuote);
    }
    if text == "--%" {
        return Err(UnsafeArg::StopParsing);
    }
    if text.contains('%') {
        return Err(UnsafeArg::Percent);
    }
    if text.ends_with('\\') {
        return Err(UnsafeArg::BackslashAtEnd);
    }
    if let Some(c) =
        text.chars().find(|c| "&|<>^()".contains(*c) && !text.contains(char::is_whitespace))
    {
        return Err(UnsafeArg::Operator(c));
    }
    match text.chars().find(|c| !c.is_ascii()) {
        Some(c) => Err(UnsafeArg::NotAscii(c)),
        None => Ok(()),
    }
}

/// What PowerShell, or cmd.exe behind it, would make something else of. What programs make of
/// characters outside of ASCII is their own affair.
pub fn unsafe_reason(text: &str) -> Option<UnsafeArg> {
    check(text).err().filter(|why| !matches!(why, UnsafeArg::NotAscii(_)))
}
