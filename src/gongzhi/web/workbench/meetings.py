from django.http import HttpResponse
from gongzhi.web.access import requires


@requires("staff")
def meetings(request, **kw):
    return HttpResponse("soon")


@requires("staff")
def meeting(request, **kw):
    return HttpResponse("soon")
