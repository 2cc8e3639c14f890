"""What is said when a number, address, password, picture or badge is refused: what is wrong, and the cure."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.badge_tokens import TokenReason
from fairapp.rules.identifiers import EmailReason, IdentifierReason, PhoneReason
from fairapp.rules.passwords import AT_LEAST, AT_MOST, PasswordReason
from fairapp.rules.pictures import BYTES_AT_MOST, SIDE_AT_LEAST, PictureReason

_NUMBERS: dict[Enum, LazyText] = {
    IdentifierReason.EMPTY: _l("Enter the number."),
    IdentifierReason.TOO_SHORT: _l("The number is too short. Enter at least 4 characters."),
    IdentifierReason.TOO_LONG: _l("The number is too long. Enter only the number itself."),
    IdentifierReason.NOT_DIGITS: _l("Enter digits only, with a hyphen before a branch number."),
    IdentifierReason.WRONG_LENGTH: _l(
        "The number of digits is not right. A Vietnamese tax code has 10 digits, with a branch 13; a"
        " household uses the owner's 12-digit personal number."
    ),
    IdentifierReason.WRONG_CHECK_DIGIT: _l(
        "The check digit does not fit. Compare each digit with the certificate."
    ),
    IdentifierReason.WRONG_BRANCH: _l(
        "The branch number goes from 001 to 999. Leave it out for the head office."
    ),
    IdentifierReason.UNKNOWN_PROVINCE: _l("No province has this code. Check the first digits."),
    IdentifierReason.WRONG_CENTURY: _l("The fourth digit of a personal number goes from 0 to 3. Check it."),
    IdentifierReason.YEAR_AHEAD: _l(
        "The year of birth in this number lies ahead. Check the fifth and sixth digits."
    ),
    IdentifierReason.ODD_CHARACTERS: _l(
        "Use letters, digits, spaces, hyphens and slashes, with at least one digit."
    ),
    IdentifierReason.NOT_OF_THIS_COUNTRY: _l(
        "This is no number of the country's register. Check it and the country."
    ),
    IdentifierReason.NOT_AN_OCOP_CODE: _l("Enter the code as on the certificate, like 83-829-28780-3-2022."),
}
_CONTACTS: dict[Enum, LazyText] = {
    PhoneReason.EMPTY: _l("Enter a phone number."),
    PhoneReason.NOT_A_NUMBER: _l("This is not a phone number. Enter digits, like 0903 123 456."),
    PhoneReason.TOO_SHORT: _l("The phone number is too short. Enter it with its area code."),
    PhoneReason.TOO_LONG: _l("The phone number is too long. Check the digits."),
    PhoneReason.SEVERAL: _l("Enter one phone number only."),
    PhoneReason.EXTENSION: _l("Enter the phone number without its extension."),
    PhoneReason.UNKNOWN_COUNTRY: _l(
        "No country has this calling code. Check the digits after the plus sign."
    ),
    PhoneReason.OLD_MOBILE: _l("This mobile number has its old 11 digits. Enter today's 10-digit number."),
    PhoneReason.NOT_IN_USE: _l("No such phone number is in use. Check the digits and the country."),
    EmailReason.EMPTY: _l("Enter an email address."),
    EmailReason.TOO_LONG: _l("The email address is too long. Enter the address only."),
    EmailReason.NO_AT: _l("The @ sign is missing. Enter an address like name@example.com."),
    EmailReason.SEVERAL: _l("Enter one email address only."),
    EmailReason.WITH_NAME: _l("Enter the address only, without a name and angle brackets."),
    EmailReason.FOREIGN_LETTERS: _l("Write the part before the @ without accents."),
    EmailReason.WRONG_NAME_PART: _l("The part before the @ is not right. Check dots, spaces and signs."),
    EmailReason.WRONG_DOMAIN: _l("The part after the @ is not right. Enter it like example.com."),
}
_PASSWORDS: dict[Enum, LazyText] = {
    PasswordReason.TOO_SHORT: _l(
        "Use at least %(least)s characters, for example four words.", least=AT_LEAST
    ),
    PasswordReason.TOO_LONG: _l("Use at most %(most)s characters.", most=AT_MOST),
    PasswordReason.ONE_CHARACTER: _l("Do not repeat the same one or two characters. Use several words."),
    PasswordReason.TOO_COMMON: _l("Many people use this password. Choose several words of your own."),
    PasswordReason.LIKE_EMAIL: _l("Do not use your email address as the password."),
    PasswordReason.LIKE_NAME: _l("Do not use your name as the password."),
}
_PICTURES: dict[Enum, LazyText] = {
    PictureReason.EMPTY: _l("The file is empty. Choose the picture again."),
    PictureReason.TOO_HEAVY: _l(
        "The file is larger than %(megabytes)s MB. Save the picture smaller and send it again.",
        megabytes=BYTES_AT_MOST // 2**20,
    ),
    PictureReason.SVG: _l("An SVG drawing cannot be used as a photo. Save it as PNG and send that."),
    PictureReason.WEB_PAGE: _l("This is a web page, not a photo. Save the picture itself and send that."),
    PictureReason.PDF: _l("This is a PDF, not a photo. Save the page as JPEG or PNG and send that."),
    PictureReason.HEIC: _l(
        "This is a HEIC photo, which other devices cannot show. Set the camera to “Most compatible”, or"
        " save as JPEG."
    ),
    PictureReason.OTHER_FORMAT: _l("This picture format is not read here. Save it as JPEG or PNG."),
    PictureReason.NOT_A_PICTURE: _l("This file is not a picture. Choose a JPEG, PNG, WebP or GIF file."),
    PictureReason.TOO_MANY_PIXELS: _l(
        "The picture has too many pixels. Save it at most 3,000 pixels wide and high."
    ),
    PictureReason.TOO_SMALL: _l(
        "The picture is too small. Each side needs at least %(least)s pixels.", least=SIDE_AT_LEAST
    ),
    PictureReason.TOO_NARROW: _l(
        "The picture is too narrow. Crop it so that one side is at most 20 times the other."
    ),
    PictureReason.DAMAGED: _l(
        "The picture is damaged. Open it on your device, save it again as JPEG and send that."
    ),
}
_TOKENS: dict[Enum, LazyText] = {
    TokenReason.FOREIGN: _l("This QR code is not a badge. Scan the code on the badge."),
    TokenReason.OTHER_VERSION: _l(
        "This badge was made by another version of the system. Update this gate and scan again."
    ),
    TokenReason.DAMAGED: _l("The code was not read whole. Scan again, or type the short code."),
    TokenReason.UNKNOWN_KEY: _l(
        "This badge was not issued by this organiser. Send the holder to the help desk."
    ),
    TokenReason.FORGED: _l("This badge is not genuine. Call the supervisor."),
}
SENTENCES: dict[Enum, LazyText] = {**_NUMBERS, **_CONTACTS, **_PASSWORDS, **_PICTURES, **_TOKENS}
