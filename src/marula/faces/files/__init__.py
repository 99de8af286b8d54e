"""Files: the pictures, films and sounds that are kept, as browsers and programs fetch them.

A key cannot be guessed and what it names never changes, so it is served without asking the database, to everybody, to
be kept for good. The type follows from the key, which we made; none of the types is run by a browser.

Spec: rfc9110, 13 and 14 (conditions, ranges)
"""

from marula.faces.files.pictures import EMOJI, PEOPLE, RemotePictures
from marula.faces.files.proxy import PROXY, RemoteFiles
from marula.faces.files.serving import PATH, KeptFiles

__all__ = ["EMOJI", "PATH", "PEOPLE", "PROXY", "KeptFiles", "RemoteFiles", "RemotePictures"]
