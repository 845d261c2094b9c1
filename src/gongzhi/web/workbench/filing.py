from django.http import HttpResponse
from gongzhi.web.access import requires


@requires("staff")
def file_for(request, **kw):
    return HttpResponse("soon")
