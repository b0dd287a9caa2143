"""A small bank of questions as a file that a person chooses."""

from django.core.files.uploadedfile import SimpleUploadedFile

GIFT = "$CATEGORY: Тема недели 1\n\nДа? {T}\n\nНет? {F}\n"


def gift(text: str = GIFT, name: str = "банк.gift") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), content_type="text/plain")
